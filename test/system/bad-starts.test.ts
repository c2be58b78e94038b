import { describeRefusals, script } from './refusals.ts'

describeRefusals({
  'five processes': () => ({ command: script('scripts/start.ts') }),
  'one process': () => ({ command: script('scripts/start.ts', '--juntos') }),
  'one process behind one port': () => ({
    command: script('scripts/start.ts', '--juntos'),
    env: (port) => ({ PUERTO_UNICO: String(port) }),
  }),
  'a service alone': () => ({ command: script('apps/pedidos/src/main.ts') }),
})
