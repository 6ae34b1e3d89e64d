"""The use cases: plain functions over ports; each state-changing one is one transaction."""
