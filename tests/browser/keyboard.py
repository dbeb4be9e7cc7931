"""Somebody who works by keyboard alone: what they press is counted, what they type as text is not."""

from playwright.sync_api import BrowserContext, Page

MOUSE = """for (const kind of ["pointerdown", "mousedown", "wheel", "touchstart"])
  addEventListener(kind, (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, {capture: true, passive: false});
"""  # noqa: E501
FOCUSED = "document.activeElement.id || document.activeElement.textContent.trim()"


class Keyboard:
    def __init__(self, context: BrowserContext) -> None:
        context.add_init_script(MOUSE)
        self.page: Page = context.new_page()
        self.pressed = 0

    def press(self, *keys: str) -> None:
        """Keys held together count each: Control+Enter is two."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += len(key.split("+"))

    def follow(self, *keys: str) -> None:
        """The last of the keys opens another page."""
        self.press(*keys[:-1])
        with self.page.expect_event("load"):  # an address that changes is no other page yet
            self.press(keys[-1])
        self.page.locator("body.js-enabled").wait_for()

    def write(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    @property
    def focused(self) -> str:
        found: str = self.page.evaluate(FOCUSED)
        return found

    def past_the_header(self) -> None:
        """By the link that leads past it, to what comes first in the page."""
        self.press("Tab", "Enter", "Tab")

    def reach(self, name: str) -> None:
        """By Tab alone to what has this id or begins with these words."""
        for _ in range(150):
            self.press("Tab")
            if self.focused.startswith(name):
                return
        raise AssertionError(f"Tab does not reach {name}")
