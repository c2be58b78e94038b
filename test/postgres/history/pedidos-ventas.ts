import type { Condiciones } from '../../../apps/pedidos/src/domain/condiciones.ts'
import type { Linea } from '../../../apps/pedidos/src/domain/pedido.ts'
import type { CamposCupon, CamposMetodo } from '../../../apps/pedidos/src/ports/venta.ts'
import { condiciones, nuevoCupon, nuevoMetodo } from '../../../apps/pedidos/test/contract/ventas.ts'
import type { Chance } from './chance.ts'
import { type Maker, operation } from './operation.ts'
import type { Store } from './pedidos-store.ts'

interface De {
  readonly cliente: () => string
  readonly moment: () => number
}

/** A handful of coupons and methods, and orders that have something of them. */
export function ventas({ below, of, once, text }: Chance, { cliente, moment }: De) {
  const codigo = () => of('DIEZ', 'UNO', 'DOS', `C${below(20)}`)
  const metodo = () => of('moto', 'retiro', `m${below(9)}`)
  const oNull = (n: number) => (once(2) ? null : 1 + below(n))
  const admite = () => {
    const cual = below(4)
    return (version: number) => cual === 0 || version > cual
  }
  const limites = () => ({ usosMaximos: oNull(9), usosPorCliente: oNull(2), minimo: oNull(900) })

  const crearCupon: Maker<Store> = () => {
    const nuevo = nuevoCupon({ codigo: codigo(), categorias: of([], ['Café']), ...limites() })
    const [en, por] = [moment(), { actorId: cliente() }]
    return operation('crearCupon', (store) => store.crearCupon(nuevo, en, por))
  }
  const editarCupon: Maker<Store> = () => {
    const cambios = of<Partial<CamposCupon>>({ activo: once(2) }, limites(), {
      desde: oNull(9),
      hasta: null,
    })
    const edicion = { codigo: codigo(), cambios, admite: admite(), ahora: moment() }
    return operation('editarCupon', (store) => store.editarCupon(edicion))
  }
  const crearMetodo: Maker<Store> = () => {
    const posicion = of(undefined, below(9))
    const nuevo = nuevoMetodo({ codigo: metodo(), posicion, gratisDesde: oNull(900) })
    const en = moment()
    return operation('crearMetodo', (store) => store.crearMetodo(nuevo, en))
  }
  const editarMetodo: Maker<Store> = () => {
    const cambios = of<Partial<CamposMetodo>>(
      { activo: once(2) },
      { nombre: text(2) },
      { zonas: [] },
    )
    const edicion = { codigo: metodo(), cambios, admite: admite(), ahora: moment() }
    return operation('editarMetodo', (store) => store.editarMetodo(edicion))
  }

  const direccion = () => {
    const [nombre, calle] = [text(2), text(2)]
    return { nombre, calle, ciudad: 'Loja', pais: 'EC', telefono: '099 1' }
  }
  /** What is agreed of an order, where something is. */
  function acordadas(): Condiciones | null {
    if (once(2)) return null
    const contacto = { nombre: text(2), email: 'a@correo.example', telefono: '0990000101' }
    const identificacion = { pais: 'EC', tipo: 'ruc', numero: '1790011674001' } as const
    return condiciones({
      contacto: of(null, contacto),
      facturacion: of(null, { identificacion, razonSocial: text(2) }),
      ...of({}, { metodoEnvio: elegido, envioImporte: 350, envioImpuesto: 46 }),
      cupon: of(null, codigoQueHay()),
      idioma: of(null, 'es', 'en'),
      canal: of(null, 'web'),
      invitado: once(9),
    })
  }
  const elegido = { codigo: 'moto', nombre: 'Moto', tipo: 'domicilio', plazoDias: null } as const
  const codigoQueHay = () => of('DIEZ', 'UNO', 'DOS')
  /** A line, of some with what it comes to. */
  const conCuenta = (linea: Linea): Linea => {
    if (once(2)) return linea
    const gravamen = { clase: of('general', 'b'), tasa: of(0, 1_500), porDentro: once(3) }
    return { ...linea, cuenta: { descuento: below(9), gravamen, impuesto: below(9) } }
  }

  const ofrecido: Maker<Store> = () => {
    const peticion = { cupon: of(undefined, codigo()), clienteId: of(undefined, cliente()) }
    return operation('ofrecido', (store) => store.ofrecido(peticion))
  }
  const cupon: Maker<Store> = () => {
    const cual = codigo()
    return operation('cupon', (store) => store.cupon(cual))
  }
  const cupones: Maker<Store> = () => {
    const desde = { despuesDe: of('', codigo()), prefijo: of('', 'D') }
    const pagina = { ...desde, limite: 1 + below(9) }
    return operation('cupones', (store) => store.cupones(pagina))
  }
  return {
    direccion,
    acordadas,
    conCuenta,
    writes: [crearCupon, editarCupon, crearMetodo, editarMetodo],
    reads: [
      ofrecido,
      cupon,
      cupones,
      () => {
        const filtro = {
          ...(once(2) ? { accion: of('cupon-editado', 'metodo-creado') } : {}),
          limite: 5,
        }
        return operation('auditoria', (store: Store) => store.auditoria(filtro))
      },
      () => operation('metodosEnvio', (store: Store) => store.metodosEnvio()),
    ],
  }
}
