"""Commands that wire several apps."""
