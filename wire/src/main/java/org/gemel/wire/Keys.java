package org.gemel.wire;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** Keys of the one kind used here: elliptic curve P-256, which every TLS 1.3 peer knows. */
final class Keys {
  static final String SIGNATURE = "SHA256withECDSA";

  private static final ECGenParameterSpec P_256 = new ECGenParameterSpec("secp256r1");

  private Keys() {}

  static KeyPair make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(P_256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  static PrivateKey read(byte[] pkcs8) throws CertificateRefused {
    try {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new CertificateRefused(
          "found a private key that cannot be read, wanted an elliptic curve key in PKCS#8", e);
    }
  }

  static boolean isP256(PublicKey key) {
    try {
      AlgorithmParameters wanted = AlgorithmParameters.getInstance("EC");
      wanted.init(P_256);
      var curve = wanted.getParameterSpec(ECParameterSpec.class).getCurve();
      return key instanceof ECPublicKey found && found.getParams().getCurve().equals(curve);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  /** Whether the two are halves of one pair: what one signs, the other verifies. */
  static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
    byte[] something = {1, 2, 3, 4};
    try {
      Signature signing = Signature.getInstance(SIGNATURE);
      signing.initSign(privateKey);
      signing.update(something);
      Signature verifying = Signature.getInstance(SIGNATURE);
      verifying.initVerify(publicKey);
      verifying.update(something);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException notOfOneKind) {
      return false;
    }
  }
}
