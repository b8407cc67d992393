"""A form that may be sent: what is still missing where the person cannot be asked."""

from notices.forms import Page


async def ready(page: Page) -> Page:
    """A page that needs nothing more to be drawn."""
    return page
