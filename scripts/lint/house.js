// Rules of this house for oxlint, which runs them beside its own.

/** Whether `{expression}` can put a text of its own among the children. */
function isText(expression) {
  switch (expression.type) {
    case 'Literal':
      return typeof expression.value === 'string' && expression.value.trim() !== ''
    case 'CallExpression':
      return expression.callee.property?.name !== 'map' && expression.callee.name !== 'children'
    case 'MemberExpression':
    case 'TemplateLiteral':
    case 'BinaryExpression':
      return true
    case 'LogicalExpression':
      return isText(expression.right)
    case 'ConditionalExpression':
      return isText(expression.consequent) || isText(expression.alternate)
    default:
      return false
  }
}

const isBlank = (child) =>
  (child.type === 'JSXText' && child.value.trim() === '') ||
  (child.type === 'JSXExpressionContainer' &&
    (child.expression.type === 'JSXEmptyExpression' || child.expression.value === ' '))

const holdsText = (child) =>
  child.type === 'JSXText' || (child.type === 'JSXExpressionContainer' && isText(child.expression))

/**
 * A program that translates pages puts elements around texts, or others in their place. React then
 * looks for the text where it left it: what shall come before it, or go with it, breaks the page, and
 * what it says anew is not seen. In an element of its own, a text is found whatever is around it.
 */
const textApart = {
  create(context) {
    const check = (node) => {
      const children = node.children.filter((child) => !isBlank(child))
      if (children.length < 2) return
      for (const child of children) {
        if (!holdsText(child)) continue
        const message =
          'A text beside something else stands in an element of its own: <span>…</span>.'
        context.report({ node: child, message })
      }
    }
    return { JSXElement: check, JSXFragment: check }
  },
}

export default { meta: { name: 'house' }, rules: { 'text-apart': textApart } }
