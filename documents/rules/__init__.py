"""What a file must be like to be kept: pure functions over its name and its bytes."""
