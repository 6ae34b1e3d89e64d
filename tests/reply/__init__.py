"""What people write back, and what it means."""
