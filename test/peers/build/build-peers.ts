// Makes every peer ready ahead of the tests: `node --import tsx test/peers/build/build-peers.ts`.
import { needPeers, PEER_NAMES } from './peers.ts';

await needPeers(...PEER_NAMES);
