import { Database } from 'bun:sqlite'
import { armCrashPoint, aroundCalls, aroundPorts, watchWrites } from './points.ts'

armCrashPoint(process.env, console.log)
const started = watchWrites()
const client = new Database(':memory:')
const begin = client.prepare('BEGIN IMMEDIATE')
const commit = client.prepare('COMMIT')
const write = () => [begin, commit].forEach((one) => one.run())

let round = 0
const { store, enviar, repetidos } = aroundPorts('pedidos')({
  store: {
    crear: async () => {
      write()
      console.log(`step ${(round += 1)}`)
    },
    porId: async () => console.log('read'),
    idDeClave: () => 'at once',
    seguidores: [{ alDia: async () => console.log('followed') }],
  },
  enviar: async () => console.log('sent'),
  repetidos: ['kept'],
})
const answer = () => Promise.resolve(new Response())
const call = aroundCalls(Object.assign(answer, { preconnect: fetch.preconnect }))

// Before it has started.
write()
started()
await store.crear()
await store.crear()
await store.porId()
for (const one of store.seguidores) await one.alDia()
await enviar()
await call('http://auth.test/token', { method: 'POST' })
await call('http://auth.test/readyz')
console.log(store.idDeClave(), repetidos[0])
// Outside of every step.
write()
client.run('BEGIN IMMEDIATE')
await call('http://inventario.test/reservas', { method: 'POST' })
