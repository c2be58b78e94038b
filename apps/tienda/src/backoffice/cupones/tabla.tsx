import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { problemaDe } from '../../api.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'
import { type Cupon, encenderCupon } from './datos.ts'
import { parado } from './forma.ts'
import { useTextosCupones } from './textos.ts'

interface TablaProps {
  readonly cupones: readonly Cupon[]
  readonly viejos: boolean
  /** They can be changed, turned on and off. */
  readonly conCambios: boolean
}

export function TablaCupones({ cupones, viejos, conCambios }: TablaProps) {
  const t = useTextosCupones()
  const { numero } = useFormato()
  const columnas: readonly Column<Cupon>[] = [
    {
      head: t.cupon,
      main: true,
      cell: ({ codigo }) =>
        conCambios ? (
          <Link
            to="/gestion/cupones/$codigo"
            params={{ codigo }}
            aria-label={t.editar(codigo)}
            className={rowLink}
          >
            {codigo}
          </Link>
        ) : (
          codigo
        ),
    },
    { head: t.descuento, cell: (cupon) => <Descuento cupon={cupon} /> },
    {
      head: t.usos,
      end: true,
      cell: ({ usados, usosMaximos }) =>
        usosMaximos === null ? numero(usados) : t.usosDe(numero(usados), numero(usosMaximos)),
    },
    { head: t.vale, cell: (cupon) => <Plazo cupon={cupon} /> },
    { head: t.estado, cell: (cupon) => <EstadoCupon cupon={cupon} /> },
  ]
  const acciones: Column<Cupon> = {
    head: t.acciones,
    bare: true,
    cell: (cupon) => <Encender cupon={cupon} />,
  }
  return (
    <DataTable
      caption={t.tabla}
      columns={conCambios ? [...columnas, acciones] : columnas}
      rows={cupones}
      rowKey={({ codigo }) => codigo}
      stale={viejos}
    />
  )
}

function Descuento({ cupon }: { readonly cupon: Cupon }) {
  const t = useTextosCupones()
  const { dinero, tasa } = useFormato()
  const moneda = useMoneda()
  const { tipo, valor, minimo, categorias } = cupon
  const cuanto =
    valor === null ? t.envioGratis : tipo === 'porcentaje' ? tasa(valor) : dinero(valor, moneda)
  const limites = [
    minimo !== null && t.minimoDe(dinero(minimo, moneda)),
    categorias.length > 0 && t.soloCategorias(categorias.join(', ')),
  ].filter((uno) => uno !== false)
  return (
    <span>
      <span className="font-medium">{cuanto}</span>
      {limites.length > 0 && (
        <span className="text-suave line-clamp-2 max-w-72 text-sm">{limites.join('; ')}</span>
      )}
    </span>
  )
}

function Plazo({ cupon: { desde, hasta } }: { readonly cupon: Cupon }) {
  const t = useTextosCupones()
  const { fecha } = useFormato()
  const partes = [
    desde !== null && t.desdeEl(fecha(desde)),
    // The moment is the first one that is too late.
    hasta !== null && t.hastaEl(fecha(new Date(Date.parse(hasta) - 1).toISOString())),
  ].filter((uno) => uno !== false)
  return partes.length === 0 ? t.siempre : partes.join(' ')
}

const tonos = {
  apagado: 'neutral',
  'aun-no': 'warning',
  vencido: 'neutral',
  agotado: 'warning',
} as const satisfies Record<string, Tone>

function EstadoCupon({ cupon }: { readonly cupon: Cupon }) {
  const t = useTextosCupones()
  const porque = parado(cupon, Date.now())
  return <Badge tone={porque ? tonos[porque] : 'good'}>{t.estados[porque ?? 'vale']}</Badge>
}

function Encender({ cupon }: { readonly cupon: Cupon }) {
  const t = useTextosCupones()
  const textos = useTextos()
  const consultas = useQueryClient()
  const { codigo, activo } = cupon
  const cambio = useMutation({
    mutationFn: () => encenderCupon(consultas, cupon, !activo),
    onError(error) {
      const ajeno = problemaDe(error)?.codigo === 'version-distinta'
      toast(ajeno ? t.seAdelanto : textoDeFallo(textos, error), { tone: 'bad' })
    },
  })
  return (
    <Button
      look="secondary"
      size="small"
      className="relative z-10"
      busy={cambio.isPending}
      aria-label={activo ? t.apagar(codigo) : t.encender(codigo)}
      onClick={() => cambio.mutate()}
    >
      {activo ? t.alApagar : t.alEncender}
    </Button>
  )
}
