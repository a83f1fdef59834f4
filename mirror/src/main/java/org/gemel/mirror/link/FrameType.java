package org.gemel.mirror.link;

import java.util.Arrays;
import org.gemel.mirror.system.PackedForm.BrokenFormException;

/** What a frame is, and which end may send it when. */
enum FrameType {
  /** First on a line without TLS: the caller's random number. */
  HELLO(1),
  /** The other's random number, and its proof that it knows the secret. */
  CHALLENGE(2),
  /** The caller's proof. */
  PROOF(3),
  /** The proof holds. */
  WELCOME(4),

  /** The caller wants a session. */
  OPEN_SESSION(10),
  /** It has one: the token by which its further lines are known. */
  SESSION(11),
  /** A further line of a session. */
  ATTACH(12),
  /** It belongs to it now. */
  ATTACHED(13),
  /** No, and why. */
  REFUSED(14),

  /** A sign of life on the first line of a session, from either end. */
  BEAT(20),
  /** What a pass at the other end did and found. */
  EVENTS(21),
  /** How it ended. */
  REPORT(22),
  /** The pass is to end. */
  STOP(23),
  /** The rest of the answer to a request is not wanted any more. */
  CANCEL(24),
  /** The caller has what it wanted. */
  END(25),
  /** The last thing said in a session, and why it ends. */
  FAREWELL(26),

  /** Take hold of a folder; maybe list it, too. */
  OPEN(30),
  /** Its status and attributes. */
  OPENED(31),
  /** Some of its entries. */
  ENTRIES(32),
  /** The end of its entries. */
  LISTED(33),
  /** List a folder that is held. */
  LIST(34),
  /** Folders that need not be held any more. */
  RELEASE(35),
  /** One thing about a folder or an entry of it. */
  ASK(36),
  /** That thing. */
  ANSWER(37),
  /** What was asked for failed. */
  FAILED(38),
  /** List some names of a folder that is held, those that are there. */
  LOOK(39),

  /** The content of files. */
  READ(50),
  /** Heads, small contents and ends of files. */
  PACK(51),
  /** A piece of the file whose head came last; its place is the frame's argument. */
  CONTENT(52),
  /** That was all. */
  READ_END(53),
  /** What of the file whose head came last is wanted? Asked of large ones, and again after that. */
  CHOOSE(54),
  /** The answer. */
  TAKE(55),
  /** Hashes of blocks of the file; the frame's argument is the first one's number. */
  HASHES(56);

  private static final FrameType[] OF_CODE = new FrameType[64];

  static {
    Arrays.stream(values()).forEach(each -> OF_CODE[each.code] = each);
  }

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static FrameType of(int code) throws BrokenFormException {
    if (code < 0 || code >= OF_CODE.length || OF_CODE[code] == null) {
      throw new BrokenFormException("found a frame of type " + code + ", wanted one that is known");
    }
    return OF_CODE[code];
  }
}
