"""Templates, style sheets and scripts that all pages share."""
