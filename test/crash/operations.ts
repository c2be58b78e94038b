import { buyingOperations } from './operations-buying.ts'
import { endingOperations } from './operations-ending.ts'
import { erasingOperations } from './operations-erasing.ts'
import { followingOperations } from './operations-following.ts'
import { mailingOperations } from './operations-mailing.ts'
import { sweepingOperations } from './operations-sweeping.ts'
import { inventarioOperations } from './operations-stock.ts'
import type { Prepared } from './operation.ts'

export const pedidosOperations: readonly Prepared[] = [
  ...buyingOperations,
  ...endingOperations,
  ...sweepingOperations,
  ...erasingOperations,
  ...followingOperations,
  ...mailingOperations,
]

/** What several services take part in, and one process of all of them can be made to do. */
export const operationsTogether: readonly Prepared[] = [
  ...pedidosOperations,
  ...inventarioOperations,
].filter(({ apart }) => apart === undefined)
