import { armCrashPoint, crashAround, crashPoint } from '../src/run/crash-points.ts'

/** Passes the same two points twice, and says how far it came. */
armCrashPoint(process.env)
for (const round of [1, 2]) {
  await crashAround('pedidos.comprar.reservar', async () => console.log(`step ${round}`))
  crashPoint('pedidos.comprar.escribir.antes')
}
console.log('end')
