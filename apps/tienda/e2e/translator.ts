import type { Page } from 'playwright-core'

/** In the page: puts elements around each text that comes, as programs that translate pages do. */
function wrapTexts(): void {
  const leave = 'font, script, style, textarea, option, title, noscript'
  const wrap = (text: Node) => {
    const { parentNode, parentElement, textContent } = text
    if (!parentNode || parentElement?.closest(leave) || !textContent?.trim()) return
    const font = document.createElement('font')
    parentNode.insertBefore(font, text)
    font.append(document.createElement('font'))
    font.firstChild?.appendChild(text)
  }
  const all = (node: Node) => {
    const texts: Node[] = []
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
    if (node.nodeType === Node.TEXT_NODE) texts.push(node)
    while (walker.nextNode()) texts.push(walker.currentNode)
    for (const text of texts) wrap(text)
  }
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) all(node)
  }).observe(document, { subtree: true, childList: true })
}

/** From now on, every page that this one opens is being translated. */
export const translate = (page: Page) => page.addInitScript(wrapTexts)
