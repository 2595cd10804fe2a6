/** The clients of AWS, ready to be injected. What is asked of AWS, the packages that ask know. */
package sluice.platform.aws;
