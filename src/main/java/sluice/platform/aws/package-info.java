/** The AWS SDK's clients, ready to be injected into the classes of {@code platform} that call AWS. */
package sluice.platform.aws;
