"""Many reports at once: processes on one machine, workers on many."""
