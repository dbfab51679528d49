/** The schema's output is what the rest of the program is promised (src/scenario/types.ts). */
import { expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { behaviour, clients, transport } from '../../src/scenario/schema/clients.js';
import type { prices } from '../../src/scenario/schema/prices.js';
import type { server } from '../../src/scenario/schema/server.js';
import type { storage } from '../../src/scenario/schema/storage.js';
import type { topologyOptions } from '../../src/scenario/schema/topology.js';
import type { valetKey } from '../../src/scenario/schema/valet-key.js';
import type { workload } from '../../src/scenario/schema/workload.js';
import type {
  BackgroundSpec,
  ClientBehaviour,
  ClientClass,
  Prices,
  ServerParameters,
  StorageParameters,
  TopologyOptions,
  Transport,
  ValetKeyParameters,
} from '../../src/scenario/types.js';

it('is assignable to the types', () => {
  // Until a class without a name has that of its profile.
  expectTypeOf<Omit<z.output<typeof clients>[number], 'name' | 'profile'>>().toExtend<
    Omit<ClientClass, 'name'>
  >();
  expectTypeOf<z.output<typeof workload>['background'][number]>().toExtend<BackgroundSpec>();
  expectTypeOf<z.output<typeof behaviour>>().toExtend<ClientBehaviour>();
  expectTypeOf<z.output<typeof transport>>().toExtend<Transport>();
  expectTypeOf<Omit<z.output<typeof server>, 'price' | 'health' | 'autoscale'>>().toExtend<
    Omit<ServerParameters, 'price' | 'health' | 'autoscale'>
  >();
  expectTypeOf<Omit<z.output<typeof storage>, 'buckets' | 'price' | 'profile'>>().toExtend<
    Omit<StorageParameters, 'buckets' | 'price'>
  >();
  expectTypeOf<z.output<typeof valetKey>>().toExtend<ValetKeyParameters>();
  expectTypeOf<z.output<typeof prices>>().toEqualTypeOf<Prices | null>();
  expectTypeOf<z.output<ReturnType<typeof topologyOptions>>>().toExtend<TopologyOptions>();
});

it('has every field of the types', () => {
  expectTypeOf<Exclude<keyof z.output<typeof server>, 'profile' | 'instance'>>().toEqualTypeOf<
    keyof ServerParameters
  >();
  expectTypeOf<Exclude<keyof z.output<typeof storage>, 'profile'>>().toEqualTypeOf<keyof StorageParameters>();
  expectTypeOf<keyof z.output<typeof transport>>().toEqualTypeOf<keyof Transport>();
  expectTypeOf<keyof z.output<typeof valetKey>>().toEqualTypeOf<keyof ValetKeyParameters>();
  expectTypeOf<Exclude<keyof z.output<typeof clients>[number], 'profile'>>().toEqualTypeOf<
    keyof ClientClass
  >();
  expectTypeOf<keyof z.output<ReturnType<typeof topologyOptions>>>().toEqualTypeOf<keyof TopologyOptions>();
});
