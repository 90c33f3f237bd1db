"""What spy-cbackend offers to SPy."""
