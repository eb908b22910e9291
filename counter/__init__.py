"""What all counters share: how an errand is asked for, and how its answer or error is told in Chinese."""
