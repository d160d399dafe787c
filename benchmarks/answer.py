"""The answer that pages are measured with: 50 kB of markdown of every usual kind."""

SECTION = """## Section {n}

Here is a paragraph with **bold**, *italic*, `inline code` and a [link](https://example.org/{n}). It goes on for a while
so that wrapping matters, and mentions the number {n} again for good measure.

- first item of list {n}
- second item with `code`
  - a nested item

```python
def function_{n}(x: int) -> int:
    \"\"\"Return x plus {n}.\"\"\"
    total = 0
    for i in range(x):
        total += i * {n}  # a comment
    return total
```

| column a | column b | column c |
|:---------|:--------:|---------:|
| {n} | text | 1.5 |
| {n}1 | more text | 2.5 |

The formula $a^2 + b^2 = c^2$ and a block:

$$\\sum_{{i=1}}^{{{n}}} i$$

"""
LAST_WORDS = "These are the last words."


def markdown_answer(characters: int = 50_000) -> str:
    """Sections with headings, lists, code, tables and math, then the last words."""
    sections: list[str] = []
    while sum(map(len, sections)) < characters:
        sections.append(SECTION.format(n=len(sections) + 1))
    return "".join(sections)[: characters - len(LAST_WORDS) - 2] + f"\n\n{LAST_WORDS}"


def pieces(text: str, size: int = 50) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]
