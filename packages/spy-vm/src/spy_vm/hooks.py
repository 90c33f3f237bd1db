"""What spy-vm offers to SPy."""
