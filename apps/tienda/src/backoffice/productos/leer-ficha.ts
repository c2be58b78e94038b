import { leerEntero } from '../../formularios/campo-entero.tsx'
import { campoDe, ErrorDeCampo, porCodigo } from '../../formularios/formulario.ts'
import { importeParaEditar, leerImporte } from '../../formularios/importe.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { useLengua, useTextos } from '../../textos/idioma.ts'
import { leerAtributos } from './atributos.tsx'
import type { Ficha } from './ficha.ts'
import { useTextosEdicion } from './textos-edicion.ts'
import { useTextosProductos } from './textos.ts'

/** All of a product that its form asks for: the picture has a place of its own. */
type Escrita = Omit<Ficha, 'imagenUrl'>

/** Nothing written: nobody weighed it. The field lets nothing else pass that is no whole number. */
const leerPeso = (escrito: string) => leerEntero(escrito) ?? null

/** Reads the form of a product, and says in words why the service refuses what stands in it. */
export function useLectura() {
  const { region } = useLengua()
  const moneda = useMoneda()
  const t = useTextosProductos()
  const { catalogo } = useTextos()
  const { atributos } = useTextosEdicion()
  return {
    moneda,
    /** @throws ErrorDeCampo */
    leer(datos: FormData): Escrita {
      const precio = leerImporte(campoDe(datos, 'precio'), region, moneda)
      if (precio === undefined) {
        const ejemplo = importeParaEditar(1_999, region, moneda)
        throw new ErrorDeCampo('precio', catalogo.precioMal(ejemplo))
      }
      return {
        nombre: campoDe(datos, 'nombre'),
        sku: campoDe(datos, 'sku'),
        precio,
        categoria: campoDe(datos, 'categoria') || null,
        descripcion: campoDe(datos, 'descripcion').replaceAll('\r\n', '\n'),
        atributos: leerAtributos(datos, atributos.repetida),
        claseImpuesto: campoDe(datos, 'claseImpuesto'),
        pesoGramos: leerPeso(campoDe(datos, 'pesoGramos')),
      }
    },
    explicar: porCodigo({ 'sku-en-uso': { campo: 'sku', mensaje: t.skuEnUso } }),
  }
}
