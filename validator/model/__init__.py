"""What flows between the stages: plain, immutable values. Standard library only, and no behaviour beyond arithmetic."""
