"""Documents that the office may change in Word; `python -m notices.templates` draws them anew."""
