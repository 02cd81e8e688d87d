namespace CommandCenter.Cameras.Recording;

/// <summary>Signs packs; the host gives the key of its audit trail.</summary>
/// <param name="Key">Fingerprint of the key: SHA-256 of its SubjectPublicKeyInfo, 64 lower-case digits.</param>
/// <param name="Sign">Makes a signature of the given bytes: ECDSA on P-256 with SHA-256, DER.</param>
public sealed record EvidenceSigner(string Key, Func<byte[], byte[]> Sign);
