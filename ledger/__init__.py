"""Problems and their life: found, ordered, put right, re-checked, struck off."""
