"""Pictures of what is known: a drawing in, PNG bytes out."""
