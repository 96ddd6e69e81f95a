import { describe } from 'node:test';
import { needPeers } from '../../peers/build/peers.ts';
import { inOwnNetwork } from '../../peers/run/own-network.ts';
import { findsCauses } from './cause.ts';
import { REMOTE_ISTIOD_CAUSE } from './istiod-causes.ts';

inOwnNetwork(import.meta.filename, await needPeers('istiod'), () =>
  describe('footbridge check of an istiod elsewhere', () => findsCauses([REMOTE_ISTIOD_CAUSE])),
);
