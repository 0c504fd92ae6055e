"""The methods themselves, as pure functions of numbers: each module is one method, with its source."""
