"""What spy-stdlib offers to SPy."""
