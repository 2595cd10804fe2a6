package sluice.govern.registry;

import java.util.List;
import sluice.platform.state.Write;

/** Adds work to every activation of a version. */
public interface ActivationListener {

    /** Returns writes for the transaction that moves the pointer, so that no work is lost. */
    List<Write> writes(Active next, Activation activation);
}
