/** A list stands for an element that is repeated. */
export type XmlNode = string | number | boolean | { readonly [name: string]: XmlNode | XmlNode[] }

const escapeText = (text: string): string =>
  text.replaceAll(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`)

const element = (name: string, content: XmlNode | XmlNode[]): string =>
  Array.isArray(content)
    ? content.map((each) => element(name, each)).join('')
    : `<${name}>${renderXml(content)}</${name}>`

/** Elements by their names, or text; what stands around them is the caller's. */
export const renderXml = (content: XmlNode): string =>
  typeof content === 'object'
    ? Object.entries(content)
        .map(([name, each]) => element(name, each))
        .join('')
    : escapeText(String(content))
