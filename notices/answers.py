"""The short answers that any message may get."""

from markupsafe import Markup

SORRY = Markup("这一步没有办成，您的内容已留存。请稍后再试；仍不行，请致电区政府办公室。")
