"""Every change of ratings: computing, deciding, freezing, signing, telling."""
