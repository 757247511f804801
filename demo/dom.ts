type Attributes = Readonly<Record<string, string>>
type Child = Node | string

/** Makes an element; children that are text stay text, whatever they contain. */
export function element(tag: string, attributes: Attributes, ...children: Child[]): HTMLElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** A button that is busy while its work is under way, so that nothing is sent twice. */
export function actionButton(
  label: string,
  attributes: Attributes,
  action: () => Promise<void> | void,
): HTMLElement {
  const button = element('button', { type: 'button', ...attributes }, label)
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-busy') === 'true') return
    button.setAttribute('aria-busy', 'true')
    await action()
    button.removeAttribute('aria-busy')
  })
  return button
}
