"""The words of the trade as frozen values, and the errors; standard library only."""
