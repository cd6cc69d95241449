"""What is looked for on a page. Each function returns faults as sentences, an empty list when there is none."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    # Fetching stylesheets once more needs inline styles, which the site forbids; no rule asked for needs it.
    "preload": False,
}
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")

_WORDS = """() => {
  const found = [];
  const foreign = (node) => node.closest('[translate=no]')
    || node.closest('[lang]')?.getAttribute('lang') !== 'en';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (at && !foreign(at) && !at.closest('script, code')) found.push(walk.currentNode.data);
  }
  for (const at of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
    if (!foreign(at)) for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
      found.push(at.getAttribute(name) || '');
  return found;
}"""

_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const parts = [...document.querySelectorAll('body *')];
  const held = (part) => part.parentElement.closest('.table-scroll, .board-scroll, .scrolls');
  return parts.filter((part) => part.getBoundingClientRect().right > width + 1 && !held(part))
    .map((part) => part.tagName.toLowerCase() + '.' + [...part.classList].join('.')).slice(0, 8);
}"""

_SMALL = """() => [...document.querySelectorAll('button, select, summary, .btn, .button, ' +
    'input:not([type=hidden], [type=checkbox], [type=radio], [type=file])')]
  .filter((part) => part.checkVisibility({visibilityProperty: true}) && !part.closest('.visually-hidden'))
  .filter((part) => part.getBoundingClientRect().height < 43.5)
  .map((part) => part.outerHTML.slice(0, 90))"""

_REACHABLE = """() => {
  const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const dialog = document.querySelector('dialog[open]');
  const group = (part) => [...document.querySelectorAll(`input[type=radio][name="${part.name}"]`)];
  const another = (part) => part.type === 'radio'
    && part !== (group(part).find((one) => one.checked) ?? group(part)[0]);
  const shown = (part) => !part.disabled && (!dialog || dialog.contains(part))
    && part.checkVisibility({visibilityProperty: true});
  let n = 0;
  for (const part of document.querySelectorAll(kinds))
    if (shown(part) && !another(part)) part.dataset.reach = ++n;
  return [n, document.activeElement.dataset?.reach ?? null];
}"""

_MISSED = """(reached) => [...document.querySelectorAll('[data-reach]')]
  .filter((part) => !reached.includes(part.dataset.reach)).map((part) => part.outerHTML.slice(0, 90))"""

_FOCUSED = """() => {
  const part = document.activeElement;
  const style = getComputedStyle(part);
  const shape = part.querySelector?.('rect');
  const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
    || style.boxShadow !== 'none' || (shape && getComputedStyle(shape).stroke !== 'none');
  return {reach: part.dataset?.reach ?? null, seen: Boolean(seen), html: part.outerHTML?.slice(0, 90)};
}"""


def axe_faults(tab: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA."""
    found: dict[str, Any] = Axe().run(tab, options=_AXE).response
    return [
        f"axe {rule['id']}: {node['html'][:110]} {node['any'][0]['message'] if node['any'] else ''}"
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]


def too_wide(tab: Page) -> list[str]:
    """Parts that make the page scroll sideways."""
    return [f"wider than the screen: {part}" for part in tab.evaluate(_WIDE)]


def too_small(tab: Page) -> list[str]:
    """Controls lower than 44 px."""
    return [f"lower than 44 px: {part}" for part in tab.evaluate(_SMALL)]


def left_in_vietnamese(tab: Page, names: list[str]) -> list[str]:
    """Words of an English page that are Vietnamese, apart from `names` (data) and what is marked lang="vi"."""
    texts = [str(text) for text in tab.evaluate(_WORDS)]
    return [f"not in English: {text.strip()[:90]}" for text in texts if _is_left(text, names)]


def _is_left(text: str, names: list[str]) -> bool:
    for name in names:
        text = text.replace(name, "")
    return VIETNAMESE.search(text) is not None


def not_by_keyboard(tab: Page) -> list[str]:
    """Controls that Tab does not reach, or reaches without a visible focus (the first 250)."""
    count, first = tab.evaluate(_REACHABLE)
    reached: set[str] = {first} if first else set()
    faults: list[str] = []
    for _ in range(min(count + 20, 250)):
        if len(reached) == count:
            break
        tab.keyboard.press("Tab")
        focused = tab.evaluate(_FOCUSED)
        if focused["reach"] is None or focused["reach"] in reached:
            continue
        if not focused["seen"]:
            faults.append(f"no visible focus: {focused['html']}")
        reached.add(focused["reach"])
    if count + 20 > 250:
        return faults
    missed: list[str] = tab.evaluate(_MISSED, sorted(reached))
    return faults + [f"not reached by Tab: {html}" for html in missed[:5]]
