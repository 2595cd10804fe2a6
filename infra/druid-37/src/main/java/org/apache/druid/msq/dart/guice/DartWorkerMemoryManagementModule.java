package org.apache.druid.msq.dart.guice;

import com.google.inject.Binder;
import org.apache.druid.initialization.DruidModule;

/** Stands, empty, for the module of druid-multi-stage-query 37.0.0, which is not on Maven Central. */
public class DartWorkerMemoryManagementModule implements DruidModule {
    @Override
    public void configure(Binder binder) {}
}
