import type { Caso } from '../banco.ts'
import {
  abierto,
  cierto,
  enEstado,
  igual,
  llamada,
  pagado,
  preguntado,
  vista,
} from '../comprobar.ts'

const rechazado = (promesa: Promise<unknown>) =>
  promesa.then(
    () => false,
    () => true,
  )

export const pagar: readonly Caso[] = [
  {
    nombre: 'says that a charge was paid, by one capture of all of it',
    async run(banco) {
      const uno = await pagado(banco)
      const visto = await preguntado(banco, uno)
      enEstado(visto, 'cobrado', { ...visto.sumas, cobrado: uno.cobro.importe })
      const capturas = visto.movimientos.filter(({ tipo }) => tipo === 'captura')
      igual('its captures', capturas.length, 1)
      const hace = banco.ahora() - (capturas[0]?.en ?? 0)
      cierto('when it was, ago', hace, Math.abs(hace) < 86_400_000, 'today')
    },
  },
  {
    nombre: 'says the same of it, by the same names, each time that it is asked',
    async run(banco) {
      const uno = await pagado(banco)
      igual('the second answer', await preguntado(banco, uno), await preguntado(banco, uno))
    },
  },
  {
    nombre: 'keeps a session open after a declined attempt, and takes the next one',
    async run(banco) {
      const uno = await abierto(banco)
      if (banco.hace.rechazos) {
        await banco.rechazar(uno.referencia)
        const visto = await preguntado(banco, uno)
        enEstado(visto, 'abierto')
        cierto('why', visto.ultimoRechazo, Boolean(visto.ultimoRechazo), 'a word of the provider')
      }
      await banco.pagar(uno.referencia)
      enEstado(await preguntado(banco, uno), 'cobrado', { cobrado: uno.cobro.importe })
    },
  },
  {
    nombre: 'closes a session, which nobody can pay any more',
    async run(banco) {
      const uno = await abierto(banco)
      const visto = vista(await banco.proveedor.cerrar(uno.referencia, llamada()))
      enEstado(visto, 'cerrado')
      igual('why', visto.causa, 'anulado')
      enEstado(await preguntado(banco, uno), 'cerrado')
      if (!banco.hace.red) return
      igual('paying it is refused', await rechazado(banco.pagar(uno.referencia)), true)
      enEstado(await preguntado(banco, uno), 'cerrado')
    },
  },
  {
    nombre: 'closes again what is closed',
    async run(banco) {
      const uno = await abierto(banco)
      await banco.proveedor.cerrar(uno.referencia, llamada())
      enEstado(vista(await banco.proveedor.cerrar(uno.referencia, llamada())), 'cerrado')
    },
  },
  {
    nombre: 'says that a charge was paid when it is closed too late',
    async run(banco) {
      const uno = await pagado(banco)
      const visto = vista(await banco.proveedor.cerrar(uno.referencia, llamada()))
      enEstado(visto, 'cobrado', { cobrado: uno.cobro.importe })
    },
  },
  {
    nombre: 'closes after a declined attempt',
    async run(banco) {
      const uno = await abierto(banco)
      if (banco.hace.rechazos) await banco.rechazar(uno.referencia)
      enEstado(vista(await banco.proveedor.cerrar(uno.referencia, llamada())), 'cerrado')
    },
  },
  {
    nombre: 'ends a session by itself when its time is over',
    async run(banco) {
      const uno = await abierto(banco)
      await banco.vencer(uno.referencia)
      const visto = await preguntado(banco, uno)
      enEstado(visto, 'cerrado')
      igual('why', visto.causa, 'vencido')
      enEstado(vista(await banco.proveedor.cerrar(uno.referencia, llamada())), 'cerrado')
    },
  },
  {
    nombre: 'waits for a voucher that was printed, or has none and stays open',
    async run(banco) {
      const uno = await abierto(banco)
      if (!banco.hace.vales) return enEstado(await preguntado(banco, uno), 'abierto')
      await banco.imprimirVale(uno.referencia)
      const visto = await preguntado(banco, uno)
      enEstado(visto, 'en-proceso')
      const { expiraEn = Infinity } = visto
      cierto('its end', expiraEn, expiraEn > banco.ahora(), 'in the future, or not told')
    },
  },
  {
    nombre: 'counts money that comes when the session is long over',
    async run(banco) {
      const uno = await abierto(banco)
      if (banco.hace.vales) {
        await banco.imprimirVale(uno.referencia)
        await banco.vencer(uno.referencia)
        enEstado(await preguntado(banco, uno), 'en-proceso')
        await banco.pagarVale(uno.referencia)
      } else if (banco.hace.red) {
        await banco.vencer(uno.referencia)
        igual('paying it is refused', await rechazado(banco.pagar(uno.referencia)), true)
        return
      } else {
        await banco.vencer(uno.referencia)
        await banco.pagar(uno.referencia)
      }
      enEstado(await preguntado(banco, uno), 'cobrado', { cobrado: uno.cobro.importe })
    },
  },
  {
    nombre: 'ends with a voucher that nobody paid',
    async run(banco) {
      const uno = await abierto(banco)
      if (banco.hace.vales) {
        await banco.imprimirVale(uno.referencia)
        await banco.vencerVale(uno.referencia)
      } else await banco.vencer(uno.referencia)
      const visto = await preguntado(banco, uno)
      enEstado(visto, 'cerrado')
      igual('why', visto.causa, 'vencido')
    },
  },
  {
    nombre: 'closes a printed voucher for good, or says that it may still be paid',
    async run(banco) {
      const uno = await abierto(banco)
      if (banco.hace.vales) await banco.imprimirVale(uno.referencia)
      const visto = vista(await banco.proveedor.cerrar(uno.referencia, llamada()))
      if (visto.estado === 'cerrado') {
        if (banco.hace.vales) {
          igual('paying it is refused', await rechazado(banco.pagarVale(uno.referencia)), true)
        }
        return enEstado(await preguntado(banco, uno), 'cerrado')
      }
      enEstado(visto, 'en-proceso')
      await banco.pagarVale(uno.referencia)
      enEstado(await preguntado(banco, uno), 'cobrado', { cobrado: uno.cobro.importe })
    },
  },
]
