import { describeRefusals, script } from './refusals.ts'

// One process behind one port is what test/executable starts in each of these ways.
describeRefusals({
  'five processes': () => ({ command: script('scripts/start.ts') }),
  'one process': () => ({ command: script('scripts/start.ts', '--juntos') }),
  'a service alone': () => ({ command: script('apps/pedidos/src/main.ts') }),
})
