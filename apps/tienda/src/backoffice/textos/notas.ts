import { enDosLenguas } from '../../textos/lenguas.ts'

/** What staff note of an order. */
export const useTextosNotas = enDosLenguas(
  {
    titulo: 'Notas del personal',
    texto: 'El cliente no las ve.',
    ninguna: 'Todavía no hay ninguna.',
    nueva: 'Nota nueva',
    anotar: 'Anotar',
    anotado: 'Anotado.',
  },
  {
    titulo: 'Staff notes',
    texto: 'The customer can’t see them.',
    ninguna: 'No notes yet.',
    nueva: 'New note',
    anotar: 'Add note',
    anotado: 'Note added.',
  },
)
