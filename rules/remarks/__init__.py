"""What is said on a matter beside its decisions: remarks, views asked for, ready lines."""
