import { enDosLenguas } from '../../textos/lenguas.ts'

/** What is written on a page and saved, by one person or by several at once. */
export const useTextosGuardar = enDosLenguas(
  {
    sinGuardar: {
      titulo: '¿Salir sin guardar?',
      texto: 'Lo que has escrito en esta página se perderá.',
      salir: 'Salir sin guardar',
      quedarse: 'Quedarme aquí',
    },
    nadaCambio: 'No cambiaste nada.',
    cruce: (campos: string) =>
      `Mientras escribías, otra persona cambió: ${campos}. Ya está en el formulario, con lo tuyo encima. Míralo y guarda otra vez.`,
  },
  {
    sinGuardar: {
      titulo: 'Leave without saving?',
      texto: 'You’ll lose the changes you made on this page.',
      salir: 'Leave without saving',
      quedarse: 'Keep editing',
    },
    nadaCambio: 'You changed nothing.',
    cruce: (campos) =>
      `While you were typing, somebody else changed: ${campos}. It’s in the form now, with yours on top. Have a look and save again.`,
  },
)
