"""The items of the 四性检测 by what they ask: is it authentic, complete, usable."""
