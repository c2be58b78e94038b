import { appOptions, type service } from '@encargo/service-kit/http/service'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import {
  ConIfMatch,
  fieldProblem,
  limitePorDefecto,
  pagina,
} from '@encargo/service-kit/http/schemas'
import { momentoDe } from '@encargo/service-kit/http/moments'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { rechazos } from '@encargo/service-kit/http/problems'
import { textoLimpio } from '@encargo/service-kit/values/identity-key'
import { type Static, Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { Deps } from '../app/deps.ts'
import type { TipoCupon } from '../domain/cupon.ts'
import { autorDe } from './autor.ts'
import { versionDistinta } from './refusals.ts'
import { codigoEnUso, sinCupon } from './refusals-venta.ts'
import {
  AltaCupon,
  ConCodigoCupon,
  ConsultaCupones,
  CuponVisto,
  cuponLimpio,
  EdicionCupon,
} from './venta-schemas.ts'
import { verCupon } from './venta-views.ts'

const tags = ['venta']
const lista = { 200: pagina(CuponVisto), ...rechazos() }
const uno = { 200: CuponVisto, ...rechazos('no-encontrado') }
const alta = { 201: CuponVisto, ...rechazos('codigo-en-uso') }
const edicion = { 200: CuponVisto, ...rechazos('no-encontrado', 'version-distinta') }
const Cursor = Type.String()
const diaMs = 24 * 60 * 60 * 1000

/** @throws ProblemError 422 for a value that this kind of coupon can't have */
function comprobarValor(tipo: TipoCupon, valor: number | null): void {
  if (tipo === 'envio-gratis') {
    if (valor !== null) throw fieldProblem('valor', 'no se admite en un cupón de envío gratis')
    return
  }
  if (valor === null) throw fieldProblem('valor', 'hace falta en este tipo de cupón', 'obligatorio')
  if (tipo === 'porcentaje' && valor > 10_000) {
    throw fieldProblem('valor', 'no puede pasar de 10000, que es el 100 %')
  }
}

const sinTiempo = () => fieldProblem('hasta', 'debe ser posterior a `desde`')

type Momentos = Pick<Static<typeof EdicionCupon>, 'desde' | 'hasta'>

function momentosDe({ desde, hasta }: Momentos) {
  const inicio = typeof desde === 'string' ? momentoDe('desde', desde) : desde
  const dado = typeof hasta === 'string' ? momentoDe('hasta', hasta) : hasta
  // A day is over when the next one begins.
  const esDia = typeof hasta === 'string' && !hasta.includes('T')
  const fin = typeof dado === 'number' && esDia ? dado + diaMs : dado
  if (typeof inicio === 'number' && typeof fin === 'number' && fin <= inicio) throw sinTiempo()
  return {
    ...(inicio === undefined ? {} : { desde: inicio }),
    ...(fin === undefined ? {} : { hasta: fin }),
  }
}

/** Coupons: admins make them, staff see how often each was used. */
export const cuponesRoutes = (base: ReturnType<typeof service>, { store, clock }: Deps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/cupones',
      async ({ query }) => {
        const { limite = limitePorDefecto, cursor, q = '' } = query
        const despuesDe = cursor === undefined ? '' : decodeCursor(Cursor, cursor)
        const cupones = await store.cupones({ despuesDe, prefijo: cuponLimpio(q), limite })
        return toPagina(cupones, limite, verCupon, ({ codigo }) => codigo)
      },
      {
        acceso: 'personal',
        query: ConsultaCupones,
        response: lista,
        detail: { tags, summary: 'Los cupones', description: 'Por su código, con sus usos.' },
      },
    )
    .get(
      '/cupones/:codigo',
      async ({ params, set }) => {
        const cupon = await store.cupon(cuponLimpio(params.codigo))
        if (!cupon) return sinCupon()
        set.headers.etag = etag(cupon.version)
        return verCupon(cupon)
      },
      {
        acceso: 'personal',
        params: ConCodigoCupon,
        response: uno,
        detail: {
          tags,
          summary: 'Un cupón',
          description: '`usados` cuenta los pedidos que lo llevan y no están Cancelado.',
        },
      },
    )
    .post(
      '/cupones',
      async ({ body, identidad, request, set }) => {
        const { tipo, valor = null, minimo = null, categorias = [], activo = true } = body
        const { usosMaximos = null, usosPorCliente = null } = body
        comprobarValor(tipo, valor)
        const { desde = null, hasta = null } = momentosDe(body)
        const codigo = cuponLimpio(body.codigo)
        const limites = { minimo, desde, hasta, usosMaximos, usosPorCliente }
        const nuevo = { codigo, tipo, valor, ...limites, activo }
        const limpias = categorias.map(textoLimpio)
        const completo = { ...nuevo, categorias: limpias }
        const por = autorDe(identidad, request)
        const hecho = await store.crearCupon(completo, clock.epochMs(), por)
        if (hecho.tipo !== 'creado') return codigoEnUso('un cupón')
        const { creado } = hecho
        set.headers.location = `/cupones/${codigo}`
        set.headers.etag = etag(creado.version)
        return status(201, verCupon(creado))
      },
      {
        acceso: 'admin',
        body: AltaCupon,
        response: alta,
        detail: {
          tags,
          summary: 'Crear un cupón',
          description:
            'El código se guarda en mayúsculas. `usosMaximos` no se pasa nunca, por muchos que compren a la vez; un pedido cancelado devuelve su uso. Con `usosPorCliente` hace falta una cuenta para usarlo. Con `categorias`, el mínimo y el descuento cuentan solo las líneas de esas.',
        },
      },
    )
    .patch(
      '/cupones/:codigo',
      async ({ params, body, headers, identidad, request, set }) => {
        const { desde: _, hasta: __, categorias, ...igual } = body
        const codigo = cuponLimpio(params.codigo)
        const previo = await store.cupon(codigo)
        if (!previo) return sinCupon()
        if (body.valor !== undefined) comprobarValor(previo.tipo, body.valor)
        const hecho = await store.editarCupon({
          codigo,
          cambios: {
            ...igual,
            ...momentosDe(body),
            ...(categorias ? { categorias: categorias.map(textoLimpio) } : {}),
          },
          admite: (version) => ifMatchAllows(headers['if-match'], version),
          ahora: clock.epochMs(),
          por: autorDe(identidad, request),
        })
        switch (hecho.tipo) {
          case 'no-encontrado':
            return sinCupon()
          case 'version-distinta':
            return versionDistinta('El cupón')
          case 'sin-tiempo':
            throw sinTiempo()
          case 'usos-de-mas':
            throw fieldProblem(
              'usosMaximos',
              `no puede ser menor que ${hecho.usados}, los usos que tiene`,
            )
          case 'editado':
            set.headers.etag = etag(hecho.editado.version)
            return verCupon(hecho.editado)
        }
      },
      {
        acceso: 'admin',
        params: ConCodigoCupon,
        headers: ConIfMatch,
        body: EdicionCupon,
        response: edicion,
        detail: {
          tags,
          summary: 'Cambiar un cupón',
          description:
            'Solo cambia lo que se envía; los pedidos hechos conservan su descuento. `activo: false` lo apaga. Con `If-Match` responde 412 si otra persona lo cambió antes.',
        },
      },
    )
