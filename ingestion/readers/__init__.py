"""Read one format each: bytes or parsed content in, a Document or a reason to skip out."""
