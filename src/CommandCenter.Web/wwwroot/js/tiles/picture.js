// Which way a browser can show live pictures, asked once. An address with ?decoder=mse takes the second way, for who compares them.

import { CodecsPicture, isSupported as hasCodecs } from 'tiles/webcodecs';
import { SourcePicture, isSupported as hasSource } from 'tiles/mse';

const asked = new URLSearchParams(location.search).get('decoder');

/** 'codecs', 'mse', or null when this browser cannot show live pictures. */
export const way = asked !== 'mse' && asked !== 'none' && hasCodecs() ? 'codecs' : asked !== 'none' && hasSource() ? 'mse' : null;

export const makePicture = (video, counts, onUnable) => new (way === 'codecs' ? CodecsPicture : SourcePicture)(video, counts, onUnable);
