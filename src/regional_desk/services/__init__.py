"""What the office does: one named function per act; the only place that writes."""
