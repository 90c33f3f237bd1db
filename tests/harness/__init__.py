"""What the whole-system tests share: cases, engines, outcomes."""
