/**
 * Makes an element; text is set as text, so nothing in the data can become markup.
 *
 * @param attributes set as they are; an empty class is left out
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/**
 * The page's element of that id.
 *
 * @throws Error when the page has none: page.html and the script don't belong together
 */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`The page has no element "${id}": build the dashboard again.`);
  }
  return found;
}
