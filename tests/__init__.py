"""What okrmate promises, one sentence a test."""
